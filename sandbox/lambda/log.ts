import type { Readable } from 'node:stream';

export interface LogLine {
  stream: 'stdout' | 'stderr';
  text: string;
}

/** What a process logs, up to its marks. */
export interface Log {
  /** Lines since the last call of this. */
  take(): LogLine[];
  /** Settles when both streams have shown their next mark, or ended. */
  marked(): Promise<unknown>;
}

/** Reads a process's two streams by lines. `mark` at the end of a line is no part of the log. */
export function readLog(streams: Readonly<Record<LogLine['stream'], Readable>>, mark: string): Log {
  let lines: LogLine[] = [];
  const follow = (stream: LogLine['stream']) => {
    const waiting: (() => void)[] = [];
    let rest = '';
    let ended = false;
    const tell = (line: string) => {
      // What was written last may have had no end of line.
      const isMarked = line.endsWith(mark);
      const text = isMarked ? line.slice(0, -mark.length) : line;
      if (!isMarked || text !== '') lines.push({ stream, text });
      if (isMarked) waiting.shift()?.();
    };
    streams[stream].setEncoding('utf8').on('data', (chunk: string) => {
      const parts = `${rest}${chunk}`.split('\n');
      rest = parts.pop() ?? '';
      for (const part of parts) tell(part);
    });
    streams[stream].on('close', () => {
      if (rest !== '') tell(rest);
      ended = true;
      for (const settle of waiting.splice(0)) settle();
    });
    return () => new Promise<void>((resolve) => (ended ? resolve() : waiting.push(resolve)));
  };
  const marks = [follow('stdout'), follow('stderr')];
  return {
    take: () => {
      const taken = lines;
      lines = [];
      return taken;
    },
    marked: () => Promise.all(marks.map((next) => next())),
  };
}
