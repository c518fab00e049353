// A guest comes in by the word in the address that its purchasing system got, and goes back there with a basket.
import type { PunchoutReturn, Session } from '../gen/api';
import { create, faultOf, get, logOut } from './api';

const patience = 20; // times a quarter of a second: identity hears of a guest a moment after its system did

const pause = () => new Promise((done) => setTimeout(done, 250));

// The word stands behind the #, so that no server and no log sees it; it is taken out of the address at once.
export const guestWord = (): string | undefined => {
  const [, word] = /^#gast=([0-9a-f]{64})$/.exec(location.hash) ?? [];
  if (word) history.replaceState(null, '', location.pathname + location.search);
  return word;
};

export const enterAsGuest = async (token: string): Promise<void> => {
  for (let tries = 0; ; tries++) {
    try {
      await create<Session>('/guest-sessions', { token });
      return;
    } catch (thrown) {
      if (faultOf(thrown).status !== 404 || tries === patience) throw thrown;
      await pause();
    }
  }
};

// What a purchasing system gets: a form with one field, sent by the browser to the address that it registered.
export const goBack = async (basket: string): Promise<void> => {
  const { url, message } = await get<PunchoutReturn>(`/baskets/${basket}/message`);
  await logOut().catch(() => undefined);
  const form = document.createElement('form');
  const field = document.createElement('input');
  form.method = 'post';
  form.action = url;
  field.type = 'hidden';
  field.name = 'cxml-urlencoded';
  field.value = message;
  form.append(field);
  document.body.append(form);
  form.submit();
};
