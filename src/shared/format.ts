const GROUPED = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** A whole number with its thousands grouped; an en dash where it is unknown. */
export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : GROUPED.format(value);
}

/** A size in bytes, in the unit that keeps it below a thousand. */
export function bytes(value: number | null | undefined): string {
  if (value === null || value === undefined) {
    return '–';
  }
  let size = value;
  let unit = 0;
  while (Math.abs(size) >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || size >= 99.95 ? 0 : 1;
  return `${size.toFixed(digits)} ${UNITS[unit]}`;
}

/** A metric with four significant decimals, exponents only where the number needs them. */
export function metric(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) {
    return '–';
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    return value.toExponential(3);
  }
  return Number.isInteger(value) ? GROUPED.format(value) : value.toFixed(size >= 1000 ? 1 : 4);
}

/** A duration given in seconds, in its two largest units. */
export function seconds(value: number | null | undefined): string {
  if (value === null || value === undefined) {
    return '–';
  }
  if (value < 1) {
    return `${Math.round(value * 1000)} ms`;
  }
  if (value < 60) {
    return `${value < 10 ? value.toFixed(1) : Math.round(value)} s`;
  }
  const whole = Math.round(value);
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  }
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
