/**
 * Keys that the server has just made and shows once. They live in memory only, from the answer
 * until the page that shows them has been opened.
 */
class FreshKeys {
  private readonly _keys = new Map<string, string>();

  /** Hold the key of a service for its page. */
  put(service: string, key: string): void {
    this._keys.set(service, key);
  }

  /** Return the key, which is kept so that the tab may be left and come back to. */
  take(service: string): string | null {
    return this._keys.get(service) ?? null;
  }
}

/** The keys of this browser session. */
export const freshKeys = new FreshKeys();
