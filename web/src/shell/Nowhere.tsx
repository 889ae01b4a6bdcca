import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";

/** Stands where an address leads nowhere. */
export function Nowhere({ home }: { readonly home: string }) {
  return (
    <div className="empty">
      <p>There is nothing at this address. It may have been typed wrongly, or what it showed was removed.</p>
      <Button renderRoot={(props) => <Link to="/" {...props} />}>{home}</Button>
    </div>
  );
}
