import { useEffect, useState } from "react";
import { baseUrl } from "../../asking.ts";
import { Login } from "../../login/Login.tsx";
import { checkLogin } from "../../login/session.ts";
import { fetchMe, type Me } from "../api.ts";
import { SignIn } from "./SignIn.tsx";
import { SignUp } from "./SignUp.tsx";
import "../../login/login.css";
import "./entrance.css";

/** Stands before the pages of an exchange until it knows who comes: with an account, to open one, or as its owner. */
export function Entrance() {
  const [way, go] = useState<"account" | "owner" | "sign-up">(
    location.pathname.endsWith("/sign-up") ? "sign-up" : "account",
  );
  // Not by a query: what the pages knew is forgotten when a sign-in is wanted.
  const [me, setMe] = useState<Me>();
  useEffect(() => {
    document.title = "Sign in · Hearthwork";
    checkLogin().catch(() => {});
    fetchMe().then(setMe, () => {});
  }, []);
  if (way === "owner") {
    return (
      <Login>
        <button type="button" className="link" onClick={() => go("account")}>
          Sign in with an account
        </button>
      </Login>
    );
  }
  return (
    <main className="login">
      <img src={`${baseUrl}/icon.svg`} alt="" width={96} height={96} />
      <h1>Hearthwork exchange</h1>
      {way === "sign-up" ? <SignUp /> : <SignIn passkeyOrigin={me?.passkeyOrigin ?? null} />}
      <div className="entrance-ways">
        {way === "sign-up" && (
          <button type="button" className="link" onClick={() => go("account")}>
            I have an account
          </button>
        )}
        {way === "account" && me?.isSignUpOpen && (
          <button type="button" className="link" onClick={() => go("sign-up")}>
            Open an account
          </button>
        )}
        <button type="button" className="link" onClick={() => go("owner")}>
          I am the exchange’s owner
        </button>
      </div>
    </main>
  );
}
