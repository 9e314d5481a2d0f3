// Which model replies.

import { get } from "../api.js";
import { byId, el, focusToWrite } from "../dom.js";
import { keptInTab } from "../kept.js";

const demo = "orleanschat-demo";
const dismissed = "demo-dismissed";
const select = byId("model");
let models = [];

/** @param choose called with the model's id when somebody chooses one */
export function onModel(choose) {
  select.addEventListener("change", () => {
    choose(select.value);
    showDemo();
  });
  byId("demo-dismiss").addEventListener("click", () => {
    keptInTab.set(dismissed, "yes");
    showDemo();
    focusToWrite(byId("content"));
  });
  byId("demo-more").addEventListener("click", () => byId("real-model").showModal());
}

export async function startModels() {
  models = (await get("/models")).data;
}

export const defaultModel = () => models.find((model) => model.default)?.id ?? models[0]?.id;

export const isDemo = () => models.find((model) => model.id === select.value)?.owned_by === demo;

export function showModel(id) {
  const known = models.some((model) => model.id === id);
  const key = JSON.stringify([models, known || id]);
  // Somebody may have it open.
  if (select.dataset.key === key && select.value === id) return;
  select.dataset.key = key;
  const gone = known || !id ? [] : [el("option", { value: id }, `${id} (gone)`)];
  select.replaceChildren(
    ...models.map((model) => el("option", { value: model.id }, model.available ? model.id : `${model.id} (fails just now)`)),
    ...gone,
  );
  select.value = id ?? defaultModel() ?? "";
  showDemo();
}

function showDemo() {
  byId("demo").hidden = !isDemo() || keptInTab.get(dismissed) !== null;
}
