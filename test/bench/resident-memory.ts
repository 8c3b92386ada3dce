import { readdirSync, readFileSync } from 'node:fs';

/** Resident memory in MB as the kernel accounts it; 0 where there is no /proc. */
export function residentMb(pid: number): number {
  return Math.round(statusNumber(pid, 'VmRSS') / 1024);
}

/** The most it ever had, in MB. */
export function peakMb(pid: number): number {
  return Math.round(statusNumber(pid, 'VmHWM') / 1024);
}

/** A process and everything it started. */
export function treeMb(pid: number): number {
  const children = processIds().filter((id) => statusNumber(id, 'PPid') === pid);
  return residentMb(pid) + children.reduce((sum, child) => sum + treeMb(child), 0);
}

function processIds(): readonly number[] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  } catch {
    return [];
  }
}

function statusNumber(pid: number, field: string): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
