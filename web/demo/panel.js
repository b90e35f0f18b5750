// Behind the scenes: the clock, which unit the officers belong to, and what became of each case and why.
import * as api from "./api.js";
import { el } from "./dom.js";
import * as words from "./words.js";

const leaps = [
  [1, "+1 mnt"],
  [3, "+3 mnt"],
  [10, "+10 mnt"],
  [120, "+2 jam"],
];

export class panel {
  constructor(root) {
    this.hour = el("strong", { class: "hour" });
    this.day = el("span");
    this.next = el("p", { class: "next" });
    this.unit = el("select", { id: "unit", onchange: () => api.move(this.unit.value) });
    this.cases = el("div", { class: "case-list", role: "group", "aria-label": "Pilih kasus" });
    this.detail = el("div", { class: "case", "aria-live": "polite" });
    this.outbox = el("div", { class: "outbox" });
    root.append(
      el(
        "section",
        { class: "time", "aria-label": "Waktu" },
        el("div", { class: "clock" }, this.hour, this.day),
        el("div", { class: "leaps", role: "group", "aria-label": "Biarkan waktu berlalu" },
          leaps.map(([minutes, label]) => el("button", { type: "button", onclick: () => api.pass(minutes) }, label))),
        this.next,
      ),
      el("section", { class: "unit" }, el("label", { for: "unit" }, "Petugas dari"), this.unit),
      el("section", { class: "cases" }, el("h2", {}, "Di balik layar"), this.cases, this.detail),
      el("section", {}, el("h3", {}, "Kotak keluar"), this.outbox),
    );
    this.show_units();
    this.take({ cases: [], outbox: {}, next: null });
  }

  async show_units() {
    const groups = new Map();
    for (const unit of await api.units()) {
      if (!groups.has(unit.under)) groups.set(unit.under, el("optgroup", { label: unit.under || "Lainnya" }));
      groups.get(unit.under).append(el("option", { value: unit.code }, unit.name));
    }
    this.unit.replaceChildren(...groups.values());
    if (this.current_unit) this.unit.value = this.current_unit;
  }

  set_unit(code) {
    if (this.current_unit === code) return;
    this.current_unit = code;
    this.unit.value = code;
  }

  tick(now) {
    this.hour.textContent = words.hour(now);
    this.day.textContent = words.day(now);
  }

  take(inner) {
    this.next.textContent = inner.next ? `Bila tidak ada yang bergerak, langkah berikutnya pukul ${words.hour(inner.next)}.` : "Waktu bisa dipercepat untuk melihat apa yang terjadi bila tidak ada yang menjawab.";
    const numbers = inner.cases.map((c) => c.number);
    if (numbers.length > 0 && (!numbers.includes(this.chosen) || numbers[0] !== this.newest)) this.chosen = numbers[0];
    this.newest = numbers[0];
    this.inner = inner;
    this.draw();
  }

  draw() {
    const { cases, outbox } = this.inner;
    this.cases.hidden = cases.length < 2;
    this.cases.replaceChildren(
      ...cases.map((c) =>
        el("button", { type: "button", "aria-pressed": String(c.number === this.chosen), onclick: () => ((this.chosen = c.number), this.draw()) },
          el("i", { class: `dot ${c.level}` }), c.number),
      ),
    );
    const c = cases.find((one) => one.number === this.chosen);
    this.detail.replaceChildren(...(c ? this.describe(c) : this.invite()));
    const known = words.outbox_states.filter(([state]) => outbox[state] > 0);
    this.outbox.replaceChildren(
      ...(known.length > 0
        ? known.map(([state, label]) => el("span", { class: state }, el("b", {}, String(outbox[state])), ` ${label}`))
        : [el("span", {}, "belum ada pesan")]),
    );
  }

  invite() {
    return [
      el("ol", { class: "steps" },
        el("li", {}, "Kirim salah satu contoh dari ponsel Bu Wati atau Mas Eko."),
        el("li", {}, "Kartunya muncul di ponsel petugas. Ketuk ", el("b", {}, "Terima"), "."),
        el("li", {}, "Tutup kasusnya; pelapor mendengar hasilnya dan boleh bilang belum selesai.")),
      el("p", { class: "soft" }, "Di sini terlihat nomor kasus, mengapa sampai ke unit itu, dan semua langkahnya."),
    ];
  }

  describe(c) {
    const events = [...c.events].reverse();
    return [
      el("header", {}, el("strong", {}, c.number), el("span", { class: `level ${c.level}` }, c.level_name)),
      el("p", { class: "what" }, [c.category, c.place || "tempat belum jelas"].join(" · ")),
      el("p", { class: `state ${c.state}` }, words.case_states[c.state] ?? c.state, c.holder ? `: ${c.holder}` : ""),
      el("dl", {},
        el("dt", {}, "Unit"), el("dd", {}, el("b", {}, c.unit), el("small", {}, c.why_unit.replaceAll("->", "→"))),
        el("dt", {}, "Tingkat"), el("dd", {}, el("b", {}, c.level_name), el("small", {}, c.why_level || "tidak ada tanda bahaya")),
        c.watchers.length > 0 ? [el("dt", {}, "Ikut tahu"), el("dd", {}, c.watchers.join(", "))] : null),
      el("ol", { class: "timeline", "aria-label": "Riwayat, yang terbaru di atas" },
        events.map((e) => {
          const [what, why] = words.say_event(e);
          return el("li", { class: e.kind }, el("time", {}, words.hour(e.at)), el("div", {}, el("b", {}, what), why ? el("small", {}, why.replaceAll("->", "→")) : null));
        })),
    ];
  }
}
