import { Failure } from '../border/failure';
import type { Message, Request } from '../border/request';

type Upload = Message<'Upload'>;

/** Bytes in a part. */
export const PART = 8 * 1024 * 1024;
const TRIES = 5;

/** How a file is sent. */
export interface ISending {
  /** Told the bytes that have arrived. */
  onProgress?: (received: number) => void;
  signal?: AbortSignal;
  /** Milliseconds to wait before try number n of a part. */
  wait?: (attempt: number) => Promise<void>;
}

/**
 * Send a file in parts and return its upload. A part that does not arrive is sent again from what
 * the server says it has, five times in a row at most.
 */
export async function sendFile(
  request: Request,
  file: File,
  { onProgress, signal, wait = pause }: ISending = {}
): Promise<Upload> {
  let upload = await request('post', '/uploads', {
    body: { name: file.name, size: file.size },
    signal
  });
  let attempt = 0;
  while (upload.received < upload.size) {
    try {
      upload = await sendPart(request, file, upload, signal);
      attempt = 0;
      onProgress?.(upload.received);
    } catch (error) {
      attempt += 1;
      if (signal?.aborted || !isPassing(error) || attempt >= TRIES) {
        await drop(request, upload.id);
        throw error;
      }
      await wait(attempt);
      upload = await whereItStands(request, upload, signal);
    }
  }
  return upload;
}

function sendPart(
  request: Request,
  file: File,
  upload: Upload,
  signal?: AbortSignal
): Promise<Upload> {
  const offset = upload.received;
  const bytes = file.slice(offset, offset + PART);
  return request('put', '/uploads/{id}', {
    path: { id: upload.id },
    query: { offset },
    bytes,
    signal
  });
}

/** What the server has; as we knew it while the server is away. */
async function whereItStands(
  request: Request,
  upload: Upload,
  signal?: AbortSignal
): Promise<Upload> {
  try {
    return await request('get', '/uploads/{id}', { path: { id: upload.id }, signal });
  } catch (error) {
    if (isPassing(error)) {
      return upload;
    }
    throw error;
  }
}

/** A connection that broke, a server that restarts, or a part that had arrived after all. */
function isPassing(error: unknown): boolean {
  return error instanceof Failure && [0, 409, 502, 503, 504].includes(error.status);
}

async function drop(request: Request, id: string): Promise<void> {
  // The server clears what is left of uploads by itself; this only makes it sooner.
  await request('delete', '/uploads/{id}', { path: { id } }).catch(() => undefined);
}

function pause(attempt: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, Math.min(500 * 2 ** attempt, 8000)));
}
