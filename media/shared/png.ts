import { SHARED } from './words.ts';

/** Chromium returns nothing, without an error, above about these sizes. */
const PIXELS = 100_000_000;
const SIDE = 32_000;

/** An SVG document as PNG, base64; scaled down when it is too large for the browser. @throws Error */
export async function svgToPng(svg: string): Promise<string> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const scale = Math.min(2, Math.sqrt(PIXELS / (width * height)), SIDE / width, SIDE / height);
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.floor(width * scale));
    canvas.height = Math.max(1, Math.floor(height * scale));
    const context = canvas.getContext('2d');
    if (context === null) throw new Error(SHARED.noCanvas);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (blob === null) throw new Error(SHARED.tooLarge);
    return await base64(blob);
  } finally {
    URL.revokeObjectURL(url);
  }
}

function base64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^data:[^,]*,/, ''));
    reader.onerror = () => reject(new Error(SHARED.notReadBack));
    reader.readAsDataURL(blob);
  });
}
