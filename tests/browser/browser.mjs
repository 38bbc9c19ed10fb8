// Starts Debian's chromium without a network, and collects what a page must not do.
import { chromium } from 'playwright-core';
import { mkdtempSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const EXECUTABLE = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

/** A browser with a fresh profile. */
export async function start(options = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'philippic-browser-'));
  return chromium.launchPersistentContext(profile, { executablePath: EXECUTABLE, headless: true, args: QUIET, ...options });
}

/** Opens a file; `trouble` fills with console errors, exceptions and requests to anything but the file. */
export async function open(context, file) {
  const page = await context.newPage();
  const trouble = [];
  const url = 'file://' + encodeURI(file);
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) trouble.push(`console ${message.type()}: ${message.text()}`); });
  page.on('pageerror', (error) => trouble.push(`exception: ${error.message}`));
  page.on('dialog', (dialog) => { trouble.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => { if (request.url() !== url && !request.url().startsWith('data:')) trouble.push(`request: ${request.url()}`); });
  await page.goto(url);
  return { page, trouble };
}
