// Screenshots to look at: node shots.mjs PAGE.html OUT_DIR
import { start, open } from './browser.mjs';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

const [file, out] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const shots = [
  { name: 'light', width: 1440, height: 940, colorScheme: 'light', click: true },
  { name: 'dark', width: 1440, height: 940, colorScheme: 'dark', click: true },
  { name: 'narrow', width: 390, height: 844, colorScheme: 'light', full: true },
  { name: 'print', width: 800, height: 1100, colorScheme: 'dark', print: true },
];
for (const shot of shots) {
  const context = await start({ viewport: { width: shot.width, height: shot.height }, colorScheme: shot.colorScheme, reducedMotion: 'reduce' });
  const { page, trouble } = await open(context, resolve(file));
  if (shot.print) await page.emulateMedia({ media: 'print' });
  if (shot.click && await page.locator('#matrix').count()) {
    // The strongest sarcasm.
    const cell = await page.evaluateHandle(() => [...document.querySelectorAll('#matrix tbody tr')].map((r) => r.cells[2])
      .sort((a, b) => (Number(b.textContent) || 0) - (Number(a.textContent) || 0))[0]);
    await cell.asElement().click();
    await page.mouse.move(5, 5);
  }
  await page.screenshot({ path: `${out}/${shot.name}.png`, fullPage: Boolean(shot.full) });
  if (trouble.length) console.error(shot.name, trouble);
  await context.close();
}
