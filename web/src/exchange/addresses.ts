interface Addresses {
  readonly network: string;
  readonly book: string;
  readonly jobs: string;
  readonly job: (id: string) => string;
  readonly account: string;
  readonly admin: string;
  readonly audit: string;
  readonly signIn: string;
  readonly submit: string;
  readonly money: string;
  readonly provider: (id: string) => string;
}

/** Where an exchange's pages are. */
export const addresses: Addresses = {
  network: "/",
  book: "/book",
  jobs: "/jobs",
  job: (id) => `/jobs/${id}`,
  account: "/account",
  admin: "/admin",
  audit: "/audit",
  signIn: "/sign-in",
  submit: "/submit",
  money: "/money",
  provider: (id) => `/providers/${id}`,
};
