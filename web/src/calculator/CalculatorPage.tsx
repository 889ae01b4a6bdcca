import { Button } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { Card } from "../shell/Card.tsx";
import { Page } from "../shell/Page.tsx";
import { type Answers, answersOf, searchOf } from "./answers.ts";
import { Plots } from "./Plots.tsx";
import { Questions } from "./Questions.tsx";
import { useStudy } from "./useStudy.ts";
import "./calculator.css";

/** What a compute heater would do in a home, before anybody buys one: computed on this page, by the study's own code. */
export function CalculatorPage() {
  const search = useSearch({ from: "/calculator" });
  const navigate = useNavigate({ from: "/calculator" });
  const { answers, unread } = answersOf(search);
  const study = useStudy(answers);
  const { report, extent, progress, error } = study;
  const change = (next: Answers) =>
    void navigate({ search: searchOf(next), replace: true, resetScroll: false });
  return (
    <Page title="Calculator">
      <div className="calculator-columns">
        <Card title="Your home" aside={<CopyLink />}>
          {unread.length > 0 && (
            <p role="alert">
              This link says something that cannot be read for {unread.join(", ")}; what is usual is taken.
            </p>
          )}
          <Questions answers={answers} onChange={change} />
        </Card>
        <Card
          title="The answer"
          aside={
            <p className="chip" data-tone={extent === "whole year" ? "calm" : "warn"}>
              {extent === "whole year" ? "The whole year" : "From twelve typical days"}
            </p>
          }
        >
          <output className="calculator-verdict" aria-busy={progress !== undefined}>
            {report?.verdict ?? (progress === undefined ? "Nothing is computed yet." : "Computing…")}
          </output>
          {report && (
            <p className="calculator-note">
              A simulated year in {report.weather}. Heat is worth what {report.heatInstead} would take for it.
              What devices cost is apart.
            </p>
          )}
          {report?.planning && <p>{report.planning}</p>}
          {error && <p role="alert">It could not be computed: {error}</p>}
          <div className="calculator-foot">
            {progress !== undefined && (
              <>
                <progress value={progress} aria-label="Computed" />
                <Button variant="default" onClick={study.cancel}>
                  Cancel
                </Button>
              </>
            )}
            {progress === undefined && extent !== "whole year" && (
              <Button variant="default" onClick={study.computeYear}>
                Compute the whole year
              </Button>
            )}
            {progress === undefined && report?.planning === null && (
              <Button variant="default" onClick={study.planYear}>
                Plan its days, too (minutes)
              </Button>
            )}
          </div>
          {report && <Plots report={report} />}
        </Card>
      </div>
    </Page>
  );
}

function CopyLink() {
  const [words, say] = useState("Copy the link");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      say("Copied");
    } catch {
      say("Copy it from the address bar");
    }
  };
  return (
    <Button
      variant="subtle"
      size="compact-md"
      leftSection={<IconLink size={18} aria-hidden="true" />}
      onClick={() => void copy()}
    >
      {words}
    </Button>
  );
}
