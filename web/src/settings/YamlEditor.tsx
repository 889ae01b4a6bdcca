import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef } from "react";
import type { Misconfiguration } from "../api.ts";

export interface YamlEditorHandle {
  /** Puts the keyboard on a line. */
  goTo(line: number): void;
}

interface YamlEditorProps {
  readonly label: string;
  /** What it says; another text than the one last told replaces what is written. */
  readonly text: string;
  readonly problems: readonly Misconfiguration[];
  readonly onChange: (text: string) => void;
  readonly ref: Ref<YamlEditorHandle>;
}

/** The colours are those of the style sheet, so that both schemes have theirs. */
const highlighting = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], class: "yaml-key" },
  { tag: [tags.string, tags.content], class: "yaml-text" },
  { tag: tags.comment, class: "yaml-comment" },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], class: "yaml-mark" },
]);

/** A text in YAML with its lines numbered and what is wrong marked on them. Tab leaves it, as everywhere. */
export function YamlEditor({ label, text, problems, onChange, ref }: YamlEditorProps) {
  const holder = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  const told = useEffectEvent((next: string) => onChange(next));
  const firstText = useRef(text);

  useEffect(() => {
    if (!holder.current) return undefined;
    const view = new EditorView({
      parent: holder.current,
      state: EditorState.create({
        doc: firstText.current,
        extensions: [
          lineNumbers(),
          lintGutter(),
          history(),
          drawSelection(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          indentUnit.of("  "),
          yaml(),
          syntaxHighlighting(highlighting),
          keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) told(update.state.doc.toString());
          }),
        ],
      }),
    });
    editor.current = view;
    return () => view.destroy();
  }, [label]);

  useEffect(() => {
    const view = editor.current;
    if (!view || view.state.doc.toString() === text) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
  }, [text]);

  useEffect(() => {
    const view = editor.current;
    if (!view) return;
    const { doc } = view.state;
    const marks = problems.map(({ line, key, message }): Diagnostic => {
      const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines));
      return { from, to, severity: "error", message: key === "" ? message : `${key} ${message}` };
    });
    view.dispatch(setDiagnostics(view.state, marks));
  }, [problems]);

  useImperativeHandle(ref, () => ({
    goTo(line) {
      const view = editor.current;
      if (!view) return;
      const { from } = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
      view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
      view.focus();
    },
  }));

  return <div ref={holder} className="yaml" />;
}
