// The API as pages use it: typed requests, the session, and faults that forms can show.
import type { Me, Session } from '../gen/api';
import { reasonInWords } from './reasons';

export interface FieldFault {
  path: string;
  reason: string;
}

// What the server says when something may not be (RFC 9457), or what we say when it is silent.
export class Fault extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
    readonly errors: FieldFault[] = [],
    readonly commands: string[] = [],
    readonly patience = 0, // seconds, when the server says how long to wait
  ) {
    super(message);
  }
}

// A record as the server gives it: what every kept thing has is there.
type Known = 'id' | 'state' | 'version' | 'created_at' | 'commands';
export type Stored<T> = T & Required<Pick<T, Extract<keyof T, Known>>>;

interface Problem {
  type?: string;
  title?: string;
  detail?: string;
  errors?: FieldFault[];
  commands?: string[];
}

type Query = Record<string, string | number | boolean | readonly string[] | undefined>;

const most_retries = 2;

export const faultOf = (thrown: unknown): Fault =>
  thrown instanceof Fault ? thrown : new Fault(0, 'unreachable', '');

const pause = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));

const read = async (answer: Response): Promise<unknown> => {
  const text = await answer.text();
  return text === '' ? {} : JSON.parse(text);
};

const patienceOf = (answer: Response) => Number(answer.headers.get('Retry-After'));

// The type of a problem is urn:meerwaarde:problem:<reason>.
const faultFrom = async (answer: Response): Promise<Fault> => {
  const problem = (await read(answer).catch(() => ({}))) as Problem;
  const reason = problem.type?.split(':').pop() ?? '';
  const message = problem.detail ?? problem.title ?? '';
  const lang = document.documentElement.lang === 'en' ? 'en' : 'nl';
  const errors = problem.errors?.map((one) => ({
    path: one.path,
    reason: reasonInWords(one.reason, lang),
  }));
  return new Fault(answer.status, reason, message, errors, problem.commands, patienceOf(answer));
};

// Sends a request, and again (at most twice) when the server asks for patience. A write keeps its
// Idempotency-Key, so that a second attempt can never do a thing twice.
const request = async <T>(path: string, init: RequestInit): Promise<T> => {
  const headers = new Headers(init.headers);
  headers.set('Accept', 'application/json');
  headers.set('Accept-Language', document.documentElement.lang);
  for (let retries = 0; ; retries++) {
    const answer = await fetch(`/v1${path}`, { ...init, headers, credentials: 'same-origin' });
    if (answer.ok) return (await read(answer)) as T;
    const patience = patienceOf(answer);
    if (answer.status !== 503 || !(patience > 0) || retries === most_retries)
      throw await faultFrom(answer);
    await pause(Math.min(patience, 10));
  }
};

export const queryOf = (query: Query): string => {
  const parts = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== '') parts.append(key, String(one));
  const text = parts.toString();
  return text === '' ? '' : `?${text}`;
};

// `signal` ends it when nobody waits for the answer any more; it then throws.
export const get = <T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> =>
  request<T>(path + queryOf(query), { method: 'GET', signal });

const most_pages = 20;

// A whole list, page after page; for lists of one's own things, which stay short.
export const getAll = async <Item>(path: string, query: Query = {}): Promise<Item[]> => {
  const all: Item[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < most_pages; page++) {
    const part = await get<{ items: Item[]; next?: string }>(path, {
      ...query,
      limit: 100,
      cursor,
    });
    all.push(...part.items);
    cursor = part.next;
    if (cursor === undefined) break;
  }
  return all;
};

let asked: Promise<Me> | undefined;

// Who is here; asked once per page. Nobody is an empty object.
export const me = (): Promise<Me> => {
  asked ??= get<Me>('/me').catch(() => ({}));
  return asked;
};

// Roles as roles.def calls them.
export const hasRole = (who: Me | undefined, ...roles: string[]): boolean =>
  roles.some((role) => who?.roles?.includes(role));

const write = async <T>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
  version?: number,
  type = 'application/json',
): Promise<T> => {
  const headers = new Headers({ 'Idempotency-Key': crypto.randomUUID() });
  const token = (await me()).csrf_token;
  if (token) headers.set('X-CSRF-Token', token);
  if (version !== undefined) headers.set('If-Match', `"${version}"`);
  if (body) headers.set('Content-Type', type);
  return request<T>(path, { method, headers, body: body instanceof Blob ? body : body && JSON.stringify(body) });
};

export const create = <T>(path: string, body: object): Promise<Stored<T>> =>
  write<Stored<T>>('POST', path, body);

// A document in XML, as it is.
export const sendXml = <T>(path: string, file: Blob): Promise<Stored<T>> =>
  write<Stored<T>>('POST', path, file, undefined, 'application/xml');

export const replace = <T>(path: string, version: number, body: object): Promise<Stored<T>> =>
  write<Stored<T>>('PUT', path, body, version);

// A thing that is set as a whole, whoever sets it last.
export const set = <T>(path: string, body: object): Promise<T> => write<T>('PUT', path, body);

export const remove = (path: string): Promise<unknown> => write('DELETE', path);

// command ('/needs', need, 'publish') does what POST /v1/needs/{id}/_publish does.
export const command = <T>(
  path: string,
  on: { readonly id?: string; readonly version?: number },
  name: string,
  body: object = {},
): Promise<Stored<T>> =>
  write<Stored<T>>('POST', `${path}/${on.id}/_${name}`, body, on.version);

export const may = (on: { readonly commands?: readonly string[] } | undefined, name: string) =>
  on?.commands?.includes(name) ?? false;

// What can be begun with a thing, by the name of the operation: mayBegin (order, 'dispute_create').
export const mayBegin = (on: { readonly begins?: readonly string[] } | undefined, name: string) =>
  on?.begins?.includes(name) ?? false;

// For one of several organisations, where that is said.
export const logIn = (email: string, password: string, organisation?: string): Promise<Session> =>
  write<Session>('POST', '/sessions', { email, password, ...(organisation ? { organisation_id: organisation } : {}) });

export const logOut = (): Promise<unknown> => write('DELETE', '/sessions/current');

// From now on for another organisation: a new session, so a page that stands open elsewhere writes nothing in its name.
export const actFor = (organisation: string): Promise<Session> =>
  write<Session>('POST', '/sessions/_switch', { organisation_id: organisation });

// Whoever looks along as somebody else is themselves again.
export const endSupport = (): Promise<unknown> => write('DELETE', '/support-sessions/current');

export const loginAddress = (lang: string): string => {
  const back = encodeURIComponent(location.pathname + location.search);
  return `${lang === 'nl' ? '' : '/en'}/inloggen/?terug=${back}`;
};
