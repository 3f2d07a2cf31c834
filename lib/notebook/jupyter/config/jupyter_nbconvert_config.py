"""Pages are made with the project's template, which puts Plotly's own file into them: once, wherever npm keeps it."""

from pathlib import Path

above = Path(__file__).resolve().parents
plotly = [folder / "node_modules/plotly.js-dist-min" for folder in above]
c = get_config()  # noqa: F821
c.HTMLExporter.template_name = "facet-bench"
c.HTMLExporter.extra_template_paths = [str(folder) for folder in plotly if folder.is_dir()][:1]
