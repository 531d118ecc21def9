import type { components } from './contract';

type Problem = components['schemas']['Problem'];

/**
 * A failure that the server explained: a stable `code` for programs and a sentence for people.
 *
 * `code` is `unreachable` when no answer came at all and `unreadable` when the answer was not one
 * of Cookhouse (a proxy's page, say).
 */
export class Failure extends Error {
  constructor(
    message: string,
    readonly code: string,
    readonly status: number,
    readonly detail: Readonly<Record<string, unknown>> = {},
    readonly requestId = ''
  ) {
    super(message);
    this.name = 'Failure';
  }

  /** Make a failure from the body of an answer whose status is not 2xx. */
  static async fromResponse(response: Response): Promise<Failure> {
    try {
      const problem = (await response.json()) as Problem;
      if (typeof problem.code === 'string' && typeof problem.message === 'string') {
        const { message, code, detail, request_id: requestId } = problem;
        return new Failure(message, code, response.status, detail, requestId);
      }
    } catch {
      // Not JSON: answered below.
    }
    const words = `The server answered ${response.status} ${response.statusText} without a reason. `;
    return new Failure(
      words + 'Check that the Cookhouse server extension is enabled.',
      'unreadable',
      response.status
    );
  }
}

/** Return the sentence of any error. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
