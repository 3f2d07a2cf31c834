// oxlint-disable unicorn/consistent-function-scoping -- a script in a page must not leave names behind
// Runs in the reader's page, once per figure: takes the figure's data and draws it as soon as Plotly is there.
// A plain script, no module: it stands inside a notebook's output. showFigure.ts puts in FIGURE_ID and FIGURE_SPEC.
{
  // Browsers keep 16 WebGL contexts and drop the oldest without a word; we give up our own in time.
  const shared = (window.facetBenchFigures ??= { live: [], mostScenes: 12 });
  const GIVE_UP_MS = 600_000;
  // Below this width a figure takes its narrow layout: two views beside each other, or an open list of files.
  const NARROW_PX = 520;

  // The layout for the figure's own width: a page knows it only now, and beside an open list of files it is small.
  const fitted = ({ figure, spec }) => {
    // Plotly writes into what it is given, and a second drawing needs the original.
    const { data, layout: wide, narrow, config } = structuredClone(spec);
    const width = figure.clientWidth;
    const layout = width < NARROW_PX ? { ...wide, ...narrow } : wide;
    const { l, r, t, b } = { l: 0, r: 0, t: 0, b: 0, ...layout.margin };
    const bar = layout.coloraxis?.showscale === false ? 0 : width < NARROW_PX ? 50 : 65;
    const across = Math.max(100, width - l - r - bar);
    if (layout.scene) {
      // Plotly fits a scene to its height alone, and its texts keep their size, which takes about 95 px of the width.
      const away = Math.max(1, (0.9 * (layout.height - t - b)) / Math.max(60, across - 95));
      for (const axis of ["x", "y", "z"]) layout.scene.camera.eye[axis] *= away;
    } else if (layout.yaxis?.scaleanchor) {
      // A square panel, and its bar of colours beside it wherever there is more room.
      const side = Math.min(across, layout.height - t - b);
      layout.height = side + t + b;
      layout.margin.r = width - l - side;
    }
    return [data, layout, config];
  };

  const plot = async (entry) => {
    const { figure, stage } = entry;
    figure.classList.add("fb-drawn");
    // What Plotly draws says nothing to a screen reader; its buttons do.
    stage.setAttribute("role", "group");
    stage.setAttribute("aria-label", figure.querySelector(".fb-picture").alt);
    entry.width = figure.clientWidth;
    try {
      await window.Plotly.newPlot(stage, ...fitted(entry));
    } catch (error) {
      // A browser without WebGL keeps the picture.
      figure.classList.remove("fb-drawn");
      console.warn("facet-bench: this figure could not be drawn; its picture is shown instead.", error);
    }
  };

  const followWidth = (entry) => {
    new ResizeObserver(() => {
      const { clientWidth: width, classList } = entry.figure;
      // Small changes Plotly follows by itself, and a reader's own turn of the view stays.
      if (!classList.contains("fb-drawn") || width === 0 || Math.abs(width - entry.width) < 40) return;
      entry.width = width;
      void window.Plotly.react(entry.stage, ...fitted(entry));
    }).observe(entry.figure);
  };

  const distanceFromView = ({ figure }) => {
    const { top, bottom } = figure.getBoundingClientRect();
    return Math.max(top - window.innerHeight, -bottom);
  };

  // False when there is no room for another scene: none is taken from before the reader's eyes.
  const makeRoom = () => {
    shared.live = shared.live.filter((entry) => entry.stage.isConnected);
    while (shared.live.length >= shared.mostScenes) {
      const far = shared.live.reduce((a, b) => (distanceFromView(b) > distanceFromView(a) ? b : a));
      if (distanceFromView(far) < 0) return false;
      shared.live = shared.live.filter((entry) => entry !== far);
      // Its picture comes back, and it is drawn anew when the reader scrolls to it.
      window.Plotly.purge(far.stage);
      far.figure.classList.remove("fb-drawn");
      drawInView(far);
    }
    return true;
  };

  const drawInView = (entry) => {
    const observer = new IntersectionObserver((seen) => {
      if (!seen.some((one) => one.isIntersecting) || !makeRoom()) return;
      observer.disconnect();
      shared.live.push(entry);
      void plot(entry);
    });
    observer.observe(entry.figure);
  };

  const draw = (entry) => {
    if (!entry.spec.layout.scene) return void plot(entry);
    if (shared.live.length >= shared.mostScenes) return drawInView(entry);
    shared.live.push(entry);
    void plot(entry);
  };

  // One output may stand in a page twice, with one id (JupyterLab's "New View for Output"). Not yet laid out are
  // those in a hidden tab or a cell outside the window: Plotly would draw them at a wrong size.
  const started = Date.now();
  const look = () => {
    const waited = Date.now() - started;
    const all = [...document.querySelectorAll(`[data-facet-bench-figure="${FIGURE_ID}"]`)];
    const places = all.filter((figure) => !figure.facetBenchTaken && figure.offsetWidth > 0);
    const isReady = Boolean(window.Plotly?.newPlot);
    for (const figure of places) {
      figure.classList.toggle("fb-waiting", !isReady && waited > 8000);
      if (!isReady) continue;
      figure.facetBenchTaken = true;
      const entry = { figure, stage: figure.querySelector(".fb-stage"), spec: FIGURE_SPEC };
      followWidth(entry);
      draw(entry);
    }
    const isDone = isReady && places.length > 0;
    if (!isDone && waited < GIVE_UP_MS) setTimeout(look, waited < 10_000 ? 100 : 1000);
  };
  look();
}
