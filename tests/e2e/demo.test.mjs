// The whole way of a report in a real browser: resident, officer, resident again; then once more at the width of a phone.
//   node --test demo.test.mjs       KENTONGAN names the program (default: build/dev/kentongan)
//   DEMO_PICTURE=docs/demo.png scripts/e2e      also takes the picture of the README
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, resolve } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const project = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const program = resolve(project, process.env.KENTONGAN ?? "build/dev/kentongan");
const patience = 20_000;
// Settings of the machine must not change what is tested.
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("KENTONGAN_")));
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

let demo, url, browser;

// A page that notes whatever should not happen.
async function open(viewport) {
  const context = await browser.newContext({ viewport, locale: "id-ID" });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  const wrong = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("request", (request) => new URL(request.url()).origin === new URL(url).origin || wrong.push(`request: ${request.url()}`));
  page.on("response", (response) => response.status() >= 400 && wrong.push(`${response.status()}: ${response.url()}`));
  await page.goto(url);
  const chat = (person) => page.locator(`#chat-${person}`);
  const says = (person, text) => chat(person).getByText(text).last().waitFor();
  const press = (person, name) => chat(person).getByRole("log").getByRole("button", { name, exact: true }).last().click();
  return { page, wrong, chat, says, press, close: () => context.close() };
}

const number_in = async (chat) => /no\. (L\w{3}-\w{4})/.exec(await chat.getByText("Sudah dikirim ke").last().innerText())[1];

// On the opened card, then in whatever list the service offers for closing.
async function close_case(danu, number) {
  const log = danu.getByRole("log");
  const card = log.locator("li").filter({ hasText: "Kata pelapor" }).filter({ hasText: number }).last();
  const more = card.getByRole("button", { name: "Lainnya", exact: true });
  if ((await more.count()) > 0) await more.click();
  await log.getByRole("button", { name: "Selesai", exact: true }).last().click();
  await log.getByRole("button", { name: "Selesai di tempat", exact: true }).last().click();
}

describe("the demo", () => {
  before(async () => {
    demo = spawn(program, ["demo", "--port", "0"], {
      cwd: project,
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...environment, KENTONGAN_HTTP_METRICS_PORT: "0", KENTONGAN_LOG_LEVEL: "warn" },
    });
    for await (const line of createInterface({ input: demo.stdout })) {
      url = /^Demo: (http:\/\/127\.0\.0\.1:\d+\/demo)$/.exec(line)?.[1];
      if (url) break;
    }
    assert.ok(url, "the demo did not print its address");
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: quiet });
  });

  after(async () => {
    await browser?.close();
    if (!demo || demo.exitCode !== null) return;
    demo.kill("SIGTERM");
    const [code] = await once(demo, "exit");
    assert.equal(code, 0, "SIGTERM ends the demo cleanly");
  });

  it("a report on Telegram reaches the officer, and the reporter hears how it ended", { timeout: 120_000 }, async () => {
    const { page, wrong, chat, says, press, close } = await open({ width: 1440, height: 900 });
    await says("danu", "terdaftar untuk Polsek Gadingrejo");

    await chat("wati").getByLabel("Tulis sebagai Bu Wati").fill("sound horeg keras banget di Kel. Gentong, anak saya ga bisa tidur");
    await chat("wati").getByRole("button", { name: "Kirim pesan" }).click();
    await says("wati", "Sudah benar?");
    await press("wati", "Kirim");
    await says("wati", "Sudah dikirim ke Polsek Gadingrejo");
    const number = await number_in(chat("wati"));

    const panel = page.locator("#panel");
    await panel.getByText("Diarahkan ke Polsek Gadingrejo").waitFor();
    assert.equal(await panel.locator(".case header strong").innerText(), number);

    await says("danu", number);
    await press("danu", "Terima");
    await says("wati", `${number} diterima petugas`);
    await says("danu", "Kata pelapor");
    await panel.getByText("Diterima Aipda Danu").waitFor();

    // The group has the card too; there it was edited in place, and the words of the reporter never appear.
    await page.getByRole("button", { name: /Grup piket/ }).click();
    await says("piket", "Dipegang petugas");
    await says("piket", "diedit");
    assert.equal(await chat("piket").getByText("ga bisa tidur").count(), 0);
    await page.getByRole("button", { name: /Aipda Danu/ }).click();

    // A second voice on the other platform, so that the picture shows both.
    await chat("eko").getByRole("button", { name: /dibacok/ }).click();
    await says("eko", "TELEPON 110 SEKARANG");
    await panel.getByText("Tingkat: tinggi").waitFor();
    if (process.env.DEMO_PICTURE) await page.screenshot({ path: resolve(project, process.env.DEMO_PICTURE), animations: "disabled" });
    await panel.getByRole("button", { name: "+10 mnt" }).click();
    await says("eko", "Laporan naik ke Polres Pasuruan Kota");
    await panel.getByText("Naik ke Polres Pasuruan Kota").first().waitFor();

    await close_case(chat("danu"), number);
    await says("wati", "Menurut Anda?");
    await press("wati", "Sudah jelas");
    await says("wati", "Terima kasih");
    await panel.getByRole("button", { name: number }).click();
    await panel.getByText("Pelapor: sudah jelas").waitFor();
    assert.deepEqual(wrong, []);
    await close();
  });

  it("on a phone: tabs, a location from the map, and a WhatsApp list", { timeout: 120_000 }, async () => {
    const { page, wrong, chat, says, press, close } = await open({ width: 390, height: 844 });
    await page.getByRole("button", { name: /^Eko/ }).click();
    await chat("eko").getByLabel("Tulis sebagai Mas Eko").fill("lapor");
    await chat("eko").getByLabel("Tulis sebagai Mas Eko").press("Enter");
    await press("eko", "Pilih");
    await chat("eko").getByRole("dialog", { name: "Pilih" }).getByRole("button", { name: "Kebisingan" }).click();
    await says("eko", "Di mana kejadiannya?");
    assert.equal(await chat("wati").isVisible(), false);

    await page.getByRole("button", { name: /^Wati/ }).click();
    await chat("wati").getByRole("button", { name: "Lampiran" }).click();
    await chat("wati").getByRole("button", { name: "Lokasi" }).click();
    const map = page.getByRole("dialog", { name: "Pilih lokasi" });
    await map.getByLabel("Cari kelurahan atau desa").fill("Kel. Gentong, Kec. Gadingrejo");
    await map.getByLabel("Cari kelurahan atau desa").press("Tab");
    await map.getByRole("button", { name: "Kirim lokasi ini" }).click();
    await says("wati", "Lokasi diterima (Kel. Gentong)");

    await page.getByRole("button", { name: "Kasus" }).click();
    await page.locator("#panel").getByText("Kotak keluar").waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(width, 390, "nothing is wider than the phone");
    assert.deepEqual(wrong, []);
    await close();
  });

  it("words are shown letter by letter, a photo is shown to the officer who opens the case", { timeout: 120_000 }, async () => {
    const { page, wrong, chat, says, press, close } = await open({ width: 1024, height: 768 });
    const text = "<img src=x onerror=alert(1)> <b>tebal</b> *bintang* &amp;";
    await chat("wati").getByLabel("Tulis sebagai Bu Wati").fill(text);
    await chat("wati").getByRole("button", { name: "Kirim pesan" }).click();
    await says("wati", text);
    assert.equal(await page.locator("li.out img").count(), 0);

    const chooser = page.waitForEvent("filechooser");
    await chat("eko").getByRole("button", { name: "Lampiran" }).click();
    await chat("eko").getByRole("button", { name: "Foto" }).click();
    await (await chooser).setFiles({ name: "foto.jpg", mimeType: "image/jpeg", buffer: await page.screenshot({ type: "jpeg" }) });
    const photo = chat("eko").getByAltText("Foto yang dikirim");
    await photo.waitFor();
    await page.waitForFunction((image) => image.naturalWidth === 1024, await photo.elementHandle());

    // Fetched, cleaned, uploaded again: the browser still reads it.
    await says("eko", "Di mana kejadiannya?");
    await chat("eko").getByLabel("Tulis sebagai Mas Eko").fill("Kel. Gentong");
    await chat("eko").getByLabel("Tulis sebagai Mas Eko").press("Enter");
    await says("eko", "Sudah benar?");
    await press("eko", "Kirim");
    await says("danu", "1 foto");
    await press("danu", "Lihat");
    const shown = chat("danu").getByAltText("Foto yang dikirim");
    await shown.waitFor();
    await page.waitForFunction((image) => image.naturalWidth === 1024, await shown.elementHandle());
    await says("danu", "Jangan disebarkan");
    assert.deepEqual(wrong, []);
    await close();
  });
});
