// The demo's server.

async function answer_of(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? "tidak bisa");
  return body;
}

const get = async (path) => answer_of(await fetch(path));

let wished = () => {};
export const on_act = (callback) => (wished = callback);

async function act(path, body, type = "application/json") {
  const done = answer_of(await fetch(path, { method: "POST", body, headers: { "Content-Type": type } }));
  wished();
  return done;
}
const act_json = (what, body) => act(`/demo/api/${what}`, JSON.stringify(body));

export const state = (since, cases) => get(`/demo/api/state?since=${since}&cases=${cases}`);
export const units = () => get("/demo/api/units");
export const map = () => get("/demo/api/map");
export const file_url = (id) => `/demo/api/file/${encodeURIComponent(id)}`;

export const say = (person, text) => act_json("say", { person, text });
export const tap = (person, message, data) => act_json("tap", { person, message, data });
export const pin = (person, latitude, longitude) => act_json("pin", { person, latitude, longitude });
export const move = (unit) => act_json("unit", { unit });
export const pass = (minutes) => act_json("time", { minutes });
export const send_file = (person, file) => act(`/demo/api/file?person=${person}`, file, file.type.split(";")[0]);
