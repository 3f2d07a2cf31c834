/** Median milliseconds, after `warmUpMs` of the same work: until then the compiler is what is measured. */
export function median(work: () => unknown, repeats: number, warmUpMs = 1000): number {
  const end = performance.now() + warmUpMs;
  do work();
  while (performance.now() < end);
  const times = Array.from({ length: repeats }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).toSorted((a, b) => a - b);
  return times[Math.floor(repeats / 2)]!;
}
