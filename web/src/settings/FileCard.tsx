import { Button } from "@mantine/core";
import { IconArrowBackUp, IconCheck } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue, useRef, useState } from "react";
import { answered, api, type Config, type Misconfiguration } from "../api.ts";
import { configKey, onlyIf, undoConfig, useShowConfig } from "../config/useConfig.ts";
import { count } from "../format.ts";
import { Card } from "../shell/Card.tsx";
import { Problem } from "../shell/Problem.tsx";
import { useRested } from "./useRested.ts";
import { YamlEditor, type YamlEditorHandle } from "./YamlEditor.tsx";

const checkAfterMs = 500;
const none: readonly Misconfiguration[] = [];

/** What is written, and the version of the file upon which it was begun. */
interface Draft {
  readonly base: Config;
  readonly text: string;
}

interface FileCardProps {
  readonly config: Config;
  readonly isSaved: boolean;
  readonly onSaved: () => void;
}

/** hearth.yaml itself: checked while it is typed, written when it is saved, and taken back. */
export function FileCard({ config, isSaved, onSaved }: FileCardProps) {
  const showConfig = useShowConfig();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>();
  const text = draft?.text ?? config.text;
  const editor = useRef<YamlEditorHandle>(null);
  const isChanged = draft !== undefined;
  const isOutdated = draft !== undefined && draft.base.etag !== config.etag;
  const edit = (next: string) =>
    setDraft((now) => {
      const base = now?.base ?? config;
      return next === base.text ? undefined : { base, text: next };
    });
  const rested = useRested(text, checkAfterMs);
  const { data: checked } = useQuery({
    queryKey: ["config-check", config.etag, rested],
    queryFn: () => answered(api.POST("/api/v1/config/check", { body: { text: rested } })),
    enabled: rested !== config.text,
    staleTime: Infinity,
    gcTime: 0,
  });
  const isChecked = rested === text && (!isChanged || checked !== undefined);
  const problems = useDeferredValue((isChanged ? checked?.problems : config.problems) ?? none);

  const save = useMutation({
    mutationFn: ({ base, text: written }: Draft) =>
      answered(api.PUT("/api/v1/config", { params: { header: onlyIf(base) }, body: { text: written } })),
    onSuccess: (next, sent) => {
      onSaved();
      setDraft((now) => (now === undefined || now === sent ? undefined : { base: next, text: now.text }));
      showConfig(next);
    },
    onError: () => client.invalidateQueries({ queryKey: configKey }),
  });
  const undo = useMutation({ mutationFn: () => undoConfig(config), onSuccess: showConfig });

  return (
    <Card title="hearth.yaml" aside={<p className="card-note">{config.file}</p>}>
      <p className="settings-note">
        Everything that the hearth goes by, with your comments. Passwords read “(withheld)” and stay as they
        are when you leave that.
      </p>
      <YamlEditor label="hearth.yaml" text={text} problems={problems} onChange={edit} ref={editor} />
      <output className="file-state" data-wrong={problems.length > 0 || undefined}>
        {!isChecked && "Checking…"}
        {isChecked && problems.length === 0 && (
          <>
            <IconCheck size={18} aria-hidden="true" />{" "}
            {isChanged ? "This can be saved." : runningWords[config.running]}
          </>
        )}
        {isChecked && problems.length > 0 && `${count(problems.length)} to put right before it can be saved:`}
      </output>
      {problems.length > 0 && (
        <ol className="file-problems">
          {problems.map(({ line, key, message }) => (
            <li key={`${line} ${key} ${message}`}>
              <button type="button" className="link" onClick={() => editor.current?.goTo(line)}>
                Line {line}
              </button>
              <span>
                {key !== "" && <code>{key}</code>} {message}
              </span>
            </li>
          ))}
        </ol>
      )}
      {isOutdated && (
        <div className="file-outdated" role="alert">
          <p>The file was changed elsewhere since you began to write.</p>
          <Button variant="default" onClick={() => setDraft(undefined)}>
            Show it as it is now
          </Button>
          <Button variant="default" onClick={() => setDraft({ base: config, text })}>
            Keep what I wrote
          </Button>
        </div>
      )}
      <div className="settings-foot">
        {config.canUndo && !isChanged && (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={18} aria-hidden="true" />}
            loading={undo.isPending}
            onClick={() => undo.mutate()}
          >
            Back to the version before
          </Button>
        )}
        {isSaved && !isChanged && (
          <output className="week-saved">
            <IconCheck size={18} aria-hidden="true" /> Saved
          </output>
        )}
        {isChanged && (
          <Button variant="default" onClick={() => setDraft(undefined)}>
            Discard
          </Button>
        )}
        <Button
          disabled={!isChanged || isOutdated || !isChecked || problems.length > 0}
          loading={save.isPending}
          onClick={() => draft && save.mutate(draft)}
        >
          Save
        </Button>
      </div>
      <Problem byLine error={save.error ?? undo.error} onDismiss={save.error ? save.reset : undo.reset} />
    </Card>
  );
}

const runningWords: Readonly<Record<Config["running"], string>> = {
  this: "The hearth goes by this file.",
  earlier: "The hearth still goes by an earlier version of this file.",
  nothing: "The hearth goes by nothing yet.",
};
