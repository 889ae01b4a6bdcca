import { degrees } from "../format.ts";
import { useSite } from "../useSite.ts";

export function Home() {
  const { site, error } = useSite();
  if (!site) return <main>{error ? error.message : "Connecting…"}</main>;
  return (
    <main>
      <h1>{site.name}</h1>
      {site.sinks.map((sink) => (
        <p key={sink.id}>
          {sink.name}: {degrees(sink.temperatureC)} °C
        </p>
      ))}
    </main>
  );
}
