/** Sizes and times as a person reads them. */
import prettyBytes from 'pretty-bytes';

/** `1.11 GB`, decimal as hubs and disks are labelled. */
export const formatSize = (bytes: number): string => prettyBytes(bytes);

/** `45 s`, `3 min`, `2 h 5 min`; rounded up, so that a short wait is not "0 s". */
export function formatDuration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.ceil(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}
