import React, { useEffect, useLayoutEffect, useRef, useState } from 'react';

import { Failure, sentenceOf } from '../border/failure';
import type { Request } from '../border/request';
import { useRequest, useRoom, useTrans } from './room-widget';

/** How much of a log a page keeps, in characters; the whole of it can be downloaded. */
const KEPT = 1_000_000;
const PAUSE = 700;
const AFTER_FAILURE = 3000;

/** What was read of a log: its (last) text, and whether the beginning was let go. */
interface ILog {
  text: string;
  cut: boolean;
  complete: boolean;
  problem: string;
}

const NOTHING: ILog = { text: '', cut: false, complete: false, problem: '' };

/** The live log of a job: read by offset, so that a broken connection loses and repeats nothing. */
export function JobLog(props: { id: string }): JSX.Element {
  const trans = useTrans();
  const { border } = useRoom();
  const log = useLog(props.id);
  const place = useRef<HTMLPreElement>(null);
  const following = useRef(true);
  useLayoutEffect(() => {
    // Follow the end only where the reader already stands there: nothing moves while one reads.
    if (place.current && following.current) {
      place.current.scrollTop = place.current.scrollHeight;
    }
  }, [log.text]);
  return (
    <div className="ck-Log">
      <div className="ck-Log-bar">
        <span role="status">{log.problem || stand(log, trans)}</span>
        <a
          className="ck-Link"
          href={border.download('/jobs/{id}/log/file', { id: props.id })}
          download
        >
          {trans.__('Download the log')}
        </a>
      </div>
      <pre
        ref={place}
        className="ck-Log-text"
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={trans.__('Log')}
        onScroll={event => {
          const box = event.currentTarget;
          following.current = box.scrollHeight - box.scrollTop - box.clientHeight < 24;
        }}
      >
        {log.text}
      </pre>
    </div>
  );
}

function stand(log: ILog, trans: ReturnType<typeof useTrans>): string {
  if (log.cut) {
    return trans.__('The last part of a long log');
  }
  if (log.complete) {
    return log.text ? trans.__('The whole log') : trans.__('Nothing was logged');
  }
  return log.text ? trans.__('Live') : trans.__('Waiting for the first line');
}

function useLog(id: string): ILog {
  const request = useRequest();
  const [log, setLog] = useState<ILog>(NOTHING);
  useEffect(() => {
    const stop = new AbortController();
    setLog(NOTHING);
    void follow(request, id, stop.signal, setLog);
    return () => stop.abort();
  }, [request, id]);
  return log;
}

async function follow(
  request: Request,
  id: string,
  signal: AbortSignal,
  set: (change: (log: ILog) => ILog) => void
): Promise<void> {
  let offset = 0;
  while (!signal.aborted) {
    let pause = PAUSE;
    try {
      const part = await request('get', '/jobs/{id}/log', {
        path: { id },
        query: { offset },
        signal
      });
      // A log that was cut from the front by its limit goes on where it stands now.
      pause = part.next > offset && !part.complete ? 0 : PAUSE;
      offset = part.next;
      set(log => grown(log, part.text, part.complete));
      if (part.complete) {
        return;
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      set(log => ({ ...log, problem: sentenceOf(error) }));
      if (error instanceof Failure && error.status >= 400 && error.status < 500) {
        return;
      }
      pause = AFTER_FAILURE;
    }
    await new Promise(resolve => setTimeout(resolve, pause));
  }
}

function grown(log: ILog, more: string, complete: boolean): ILog {
  const text = log.text + more;
  const cut = log.cut || text.length > KEPT;
  return { text: text.slice(-KEPT), cut, complete, problem: '' };
}
