import { Link } from "@tanstack/react-router";
import { addresses } from "../addresses.ts";
import { Card } from "../../shell/Card.tsx";
import { Page } from "../shell/Page.tsx";
import { JobForm } from "./JobForm.tsx";

/** Has something computed: files, what may be paid, a quote, and then the job. */
export function SubmitPage() {
  return (
    <Page title="Submit a job">
      <p className="way-back">
        <Link to={addresses.jobs}>All jobs</Link>
      </p>
      <Card title="The job">
        <p className="submit-note">
          A job is a WebAssembly module that runs once for each task; each is told its index and reads the
          same input. What a module may import is told in the guide to the exchange.
        </p>
        <JobForm />
      </Card>
    </Page>
  );
}
