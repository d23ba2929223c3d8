/** A failure that the Metronome sandbox answers as `{message}` with a status (metronome.md section 1.4). */
export class MetronomeError extends Error {
  readonly status: number;

  constructor(status: 400 | 401 | 404 | 405 | 409, message: string) {
    super(message);
    this.status = status;
  }
}

/** 400: the request is malformed or inconsistent. */
export function badRequest(message: string): MetronomeError {
  return new MetronomeError(400, message);
}

/** 404: no such resource. */
export function notFound(message: string): MetronomeError {
  return new MetronomeError(404, message);
}
