// The page: asks the server what changed, hands it to phones and panel, and puts them where there is room.
import * as api from "./api.js";
import { chat, names, duty } from "./chat.js";
import { el } from "./dom.js";
import { panel } from "./panel.js";
import * as words from "./words.js";

const calm_ms = 500; // between two questions to the server
const eager_ms = 80; // … for a while after somebody did something
const eager_for_ms = 2500;
const patient_ms = 2000; // while nobody answers

const phones = document.getElementById("phones");
const tabs = document.getElementById("tabs");
const behind = document.getElementById("panel");
const wide = matchMedia("(min-width: 1720px)");
const narrow = matchMedia("(max-width: 819px)");

const chats = new Map(); // person -> chat
const scenes = new panel(behind);
let run = null;
let version = 0;
let cases_mark = "";
let eager_until = 0;

// ---- who is visible ----

const short_name = (person) => (person.part === "group" ? "Grup piket" : person.name);
const shortest_name = (person) => (person.part === "group" ? "Grup" : person.name.split(" ").at(-1));
let front = "wati"; // narrow: the screen in front
let officer = "danu"; // else: the chat in front of the officers' phone

const hosts = () => {
  const ids = [...chats.keys()];
  const residents = ids.filter((id) => chats.get(id).person.part === "resident").map((id) => [id]);
  const officers = ids.filter((id) => chats.get(id).person.part === "officer");
  const groups = ids.filter((id) => chats.get(id).person.part === "group");
  if (wide.matches) return [...residents, officers, groups];
  return [...residents, [officers[0], ...groups, ...officers.slice(1)]];
};

function choice(id, label, chosen, choose, unread) {
  return el(
    "button",
    { type: "button", id, "aria-pressed": String(chosen), onclick: choose },
    label,
    unread > 0 ? el("span", { class: "badge", "aria-label": `${unread} pesan baru` }, String(unread)) : null,
  );
}

function visible(id) {
  if (narrow.matches) return front === id;
  const host = hosts().find((ids) => ids.includes(id));
  return host.length === 1 || id === (host.includes(officer) ? officer : host[0]);
}

// Names and badges; cheap enough for every change.
function refresh() {
  const focused = document.activeElement?.id;
  for (const [id, one] of chats) {
    const seen = visible(id);
    one.root.hidden = !seen;
    if (seen) one.unread = 0;
  }
  behind.hidden = narrow.matches && front !== "panel";
  phones.hidden = narrow.matches && front === "panel";
  for (const phone of phones.children) {
    const ids = phone.ids;
    const in_front = ids.find(visible) ?? ids[0];
    const { person } = chats.get(in_front);
    phone.hidden = narrow.matches && !ids.includes(front);
    phone.querySelector("figcaption").replaceChildren(
      ...(ids.length === 1
        ? [el("b", {}, person.name), el("span", {}, `${words.parts[person.part]} · ${words.platforms[person.via]}`)]
        : [
            el("div", { role: "group", "aria-label": "Ponsel petugas" },
              ids.map((id) => choice(`phone-${id}`, short_name(chats.get(id).person), id === in_front, () => show(id), chats.get(id).unread))),
            el("span", {}, `${person.unit_name} · ${words.platforms[person.via]}`),
          ]),
    );
  }
  tabs.replaceChildren(
    ...[...chats].map(([id, one]) => choice(`tab-${id}`, shortest_name(one.person), front === id, () => show(id), one.unread)),
    choice("tab-panel", "Kasus", front === "panel", () => show("panel"), 0),
  );
  if (focused) document.getElementById(focused)?.focus();
}

function show(id) {
  front = id;
  if (chats.has(id) && chats.get(id).person.part !== "resident") officer = id;
  refresh();
  chats.get(id)?.to_end();
}

// Puts every chat into its phone; only when the room changes.
function settle() {
  phones.replaceChildren(
    ...hosts().map((ids) => {
      const phone = el("figure", { class: "phone" }, el("figcaption"), el("div", { class: "glass" }, ids.map((id) => chats.get(id).root)));
      phone.ids = ids;
      return phone;
    }),
  );
  refresh();
  for (const one of chats.values()) one.to_end();
}

// ---- what changed ----

function apply(state) {
  if (run !== null && run !== state.run) return location.reload();
  run = state.run;
  version = state.version;
  const first = chats.size === 0;
  let renamed = false;
  for (const person of state.people) {
    names.set(person.id, person.name);
    const one = chats.get(person.id);
    if (!one) chats.set(person.id, new chat(person));
    else if (one.person.name !== person.name || one.person.unit !== person.unit) {
      one.name(person);
      renamed = true;
    }
    if (person.part === "group") {
      scenes.set_unit(person.unit);
      duty.near = person.unit_name.replace("Polsek ", "");
    }
  }
  if (first) settle();
  let news = renamed;
  for (const [id, messages] of Object.entries(state.messages)) {
    const one = chats.get(id);
    const fresh = one.take(messages);
    if (!first && !visible(id)) one.unread += fresh;
    news = news || fresh > 0;
  }
  if (first || news) refresh();
  scenes.tick(state.now);
  if (state.inner) {
    cases_mark = state.cases_mark;
    scenes.take(state.inner);
  }
}

let timer = 0;
let asking = false;

async function watch() {
  asking = true;
  const state = await api.state(version, cases_mark).catch(() => null);
  asking = false;
  document.getElementById("lost").hidden = state !== null;
  schedule(state === null ? patient_ms : Date.now() < eager_until ? eager_ms : calm_ms);
  if (state !== null) apply(state);
}

function schedule(after) {
  if (asking) return;
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(watch, after);
}

api.on_act(() => {
  eager_until = Date.now() + eager_for_ms;
  schedule(0);
});
document.addEventListener("visibilitychange", () => schedule(0));
wide.addEventListener("change", settle);
narrow.addEventListener("change", settle);
watch();
