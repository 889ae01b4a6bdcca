import { HearthworkError } from "../../domain/index.ts";
import type { ComfortRequest, ConfigCheck, ConfigView, Entry, FirstConfig, Json } from "../../wire/index.ts";
import { type ConfigFile, type ConfigText, etagOf } from "./configFile.ts";
import { editYaml, type YamlEdit } from "./editYaml.ts";
import { siteConfigSchema, type SiteConfig } from "./siteConfig.ts";
import { entryWithoutSecrets, withoutSecrets, withSecretsOf } from "./withheld.ts";
import { checkYaml, invalid, parseYaml } from "./yamlFile.ts";
import { isObject } from "./yamlText.ts";

/**
 * Where an owner changes a site's configuration. A change is validated, then the site goes on by it, then it is
 * written; one that fails on the way changes nothing. Changes are made one at a time.
 *
 * Faults: `config/invalid`, `config/changed` (the file is not what the asker saw), `config/missing`,
 * `config/uneditable`, `config/unwritable`, `api/not-found`, and what keeps the site from going on by it.
 */
export interface ConfigDesk {
  view(): Promise<ConfigView>;
  check(text: string): Promise<ConfigCheck>;
  write(text: string, etag: string | undefined): Promise<ConfigView>;
  create(first: FirstConfig): Promise<ConfigView>;
  undo(etag: string | undefined): Promise<ConfigView>;
  setSite(changes: Entry, etag: string | undefined): Promise<ConfigView>;
  /** Writes the section `exchange`, or changes keys of it. */
  setExchange(changes: Entry, etag: string | undefined): Promise<ConfigView>;
  /** Takes the section out. */
  leaveExchange(etag: string | undefined): Promise<ConfigView>;
  setComfort(sinkId: string, comfort: ComfortRequest, etag: string | undefined): Promise<ConfigView>;
  /** Adds an entry, or changes keys of the one that has this id. */
  setEntry(list: EntryList, id: string, changes: Entry, etag: string | undefined): Promise<ConfigView>;
  removeEntry(list: EntryList, id: string, etag: string | undefined): Promise<ConfigView>;
  /** Goes on by the file as it is now, if it is another than the one in force; what is wrong with it is thrown. */
  reload(): Promise<void>;
}
export type EntryList = "sinks" | "heaters";

export interface ConfigDeskOptions {
  readonly file: ConfigFile;
  /** Lets the site go on by a configuration; rejects when it cannot and goes on as before. */
  readonly adopt: (config: SiteConfig, etag: string) => Promise<void>;
  /** The version by which the site runs. */
  readonly running: () => string | undefined;
}

const nounOf: Readonly<Record<EntryList, string>> = { sinks: "sink", heaters: "heater" };

export function configDesk({ file, adopt, running }: ConfigDeskOptions): ConfigDesk {
  let line: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = line.then(work);
    line = turn.catch(() => {});
    return turn;
  };

  async function view(): Promise<ConfigView> {
    const [current, backup] = [await file.read(), await file.readBackup()];
    const { plain, problems } = checkYaml(current?.text ?? "", siteConfigSchema);
    const runs = running();
    return {
      file: file.path,
      exists: current !== undefined,
      text: withoutSecrets(current?.text ?? ""),
      etag: current?.etag ?? "",
      settings: isObject(plain) ? (entryWithoutSecrets(plain) as Entry) : null,
      problems: current === undefined ? [] : [...problems],
      running: runs === undefined ? "nothing" : runs === current?.etag ? "this" : "earlier",
      canUndo: backup !== undefined,
    };
  }

  const change = (etag: string | undefined, next: (current: string) => string | Promise<string>) =>
    inTurn(async () => {
      const current = await file.read();
      requireUnchanged(current, etag);
      await replace(current?.text ?? "", await next(current?.text ?? ""));
      return view();
    });

  async function replace(before: string, text: string): Promise<void> {
    const { value, problems } = checkYaml(text, siteConfigSchema);
    if (!value) throw invalid(file.path, problems);
    const staged = await file.stage(text);
    try {
      requireSame(before, await file.read());
      await adopt(value, etagOf(text));
    } catch (thrown) {
      await staged.discard();
      throw thrown;
    }
    try {
      await staged.commit();
    } catch (thrown) {
      const former = checkYaml(before, siteConfigSchema).value;
      if (former) await adopt(former, etagOf(before));
      throw thrown;
    }
  }

  const edit = (etag: string | undefined, edits: (settings: Entry) => readonly YamlEdit[]) =>
    change(etag, (text) => {
      if (text === "") throw missing();
      const { plain } = checkYaml(text, siteConfigSchema);
      return editYaml(text, edits(isObject(plain) ? plain : {}));
    });

  const reload = async () => {
    const current = await file.read();
    if (!current) {
      if (running() === undefined) return;
      throw new HearthworkError({ code: "config/missing", message: `${file.path} is gone` });
    }
    if (current.etag !== running())
      await adopt(parseYaml(current.text, file.path, siteConfigSchema), current.etag);
  };

  return {
    view,
    reload: () => inTurn(reload),
    check: async (text) => {
      const before = (await file.read())?.text ?? "";
      return { problems: [...checkYaml(withSecretsOf(before, text), siteConfigSchema).problems] };
    },
    write: (text, etag) => change(etag, (before) => withSecretsOf(before, text)),
    create: (first) =>
      change(undefined, (before) => {
        if (before !== "") throw changedMeanwhile(`${file.path} exists already; change it instead`);
        return editYaml(
          "# Written by Hearthwork; change it here or on the page.\n",
          (["site", "sinks", "heaters"] as const).map((key) => ({ path: [key], value: first[key] as Json })),
        );
      }),
    undo: (etag) =>
      change(etag, async () => {
        const backup = await file.readBackup();
        if (backup === undefined) throw changedMeanwhile("There is no version to go back to");
        return backup;
      }),
    setSite: (changes, etag) => edit(etag, () => [{ path: ["site"], value: changes }]),
    setExchange: (changes, etag) => edit(etag, () => [{ path: ["exchange"], value: changes }]),
    leaveExchange: (etag) =>
      edit(etag, ({ exchange }) =>
        exchange === undefined ? [] : [{ path: ["exchange"], value: undefined }],
      ),
    setComfort: (sinkId, comfort, etag) =>
      edit(etag, (settings) => {
        const index = requireEntry(settings, "sinks", sinkId);
        return [{ path: ["sinks", index, "comfort"], value: comfort as Entry }];
      }),
    setEntry: (list, id, changes, etag) =>
      edit(etag, (settings) => {
        const index = entryIds(settings, list).indexOf(id);
        const at = index < 0 ? entryIds(settings, list).length : index;
        return [{ path: [list, at], value: { ...(index < 0 ? { id } : {}), ...changes } }];
      }),
    removeEntry: (list, id, etag) =>
      edit(etag, (settings) => [{ path: [list, requireEntry(settings, list, id)], value: undefined }]),
  };
}

function entryIds(settings: Entry, list: EntryList): readonly string[] {
  const entries: unknown = settings[list];
  if (!Array.isArray(entries)) return [];
  return entries.map((entry: unknown) => {
    const id: unknown = isObject(entry) ? entry["id"] : undefined;
    return typeof id === "string" ? id : "";
  });
}

function requireEntry(settings: Entry, list: EntryList, id: string): number {
  const ids = entryIds(settings, list);
  const index = ids.indexOf(id);
  if (index >= 0) return index;
  throw new HearthworkError({
    code: "api/not-found",
    message: `There is no ${nounOf[list]} "${id}" in the configuration; there ${ids.length === 1 ? "is" : "are"} ${ids.join(", ")}`,
    data: { id },
  });
}

function requireUnchanged(current: ConfigText | undefined, etag: string | undefined): void {
  if (etag === undefined || etag === (current?.etag ?? "")) return;
  throw changedMeanwhile("hearth.yaml was changed meanwhile; look at it again, then change it");
}

function requireSame(before: string, now: ConfigText | undefined): void {
  if ((now?.text ?? "") === before) return;
  throw changedMeanwhile("hearth.yaml is being changed by somebody else; look at it again");
}

const changedMeanwhile = (message: string) => new HearthworkError({ code: "config/changed", message });

const missing = () =>
  new HearthworkError({
    code: "config/missing",
    message: "The site is not set up yet; write its first configuration",
  });
