// A text in which what was taken out is told to who cannot see the bars.
import { dictionary, type Lang } from '../lib/i18n';
import { Hidden } from '../lib/ui';

const texts = dictionary({ leftOut: '(weggelaten)' }, { leftOut: '(left out)' });

export const Masked = ({ text, lang }: { text: string; lang: Lang }) => (
  <>
    {text.split(/(▇+)/).map((part, at) =>
      part.startsWith('▇') ? (
        <span key={at}>
          <span class="mw-masked" aria-hidden="true">
            {part}
          </span>
          <Hidden>{texts(lang).leftOut}</Hidden>
        </span>
      ) : (
        part
      ),
    )}
  </>
);
