import { COLOURS, type Colour, DARK, LIGHT, type Palette } from '../../common/drawing/theme.ts';

/** Colours of the present theme: the page draws with variables, files need their values. */

export const variable = (name: Colour): string => `var(--lj-${name})`;

const isLight = (): boolean => document.body.classList.contains('vscode-light') || document.body.classList.contains('vscode-high-contrast-light');

/** Any CSS colour as #rrggbb, mixed with white or black where it is transparent: other programs know no more. */
function literal(value: string, probe: CanvasRenderingContext2D, under: string): string {
  probe.fillStyle = under;
  probe.fillRect(0, 0, 1, 1);
  probe.fillStyle = value;
  probe.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = probe.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

export function currentPalette(): Palette {
  const fallback = isLight() ? LIGHT : DARK;
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const probe = canvas.getContext('2d', { willReadFrequently: true });
  if (probe === null) return fallback;
  const style = getComputedStyle(document.body);
  const palette = { ...fallback };
  for (const name of COLOURS) {
    const value = style.getPropertyValue(`--lj-${name}`).trim();
    if (value !== '') palette[name] = literal(value, probe, palette.bg);
  }
  return palette;
}

export const fontFamily = (): string => getComputedStyle(document.body).fontFamily || 'sans-serif';

export const monoFamily = (): string => getComputedStyle(document.body).getPropertyValue('--lj-mono').trim() || 'monospace';

/** Runs when the user changes the theme; drawings follow by themselves, pixels have to be drawn again. */
export function onThemeChange(run: () => void): void {
  new MutationObserver(run).observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
}
