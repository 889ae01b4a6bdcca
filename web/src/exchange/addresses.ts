interface Addresses {
  readonly network: string;
  readonly book: string;
  readonly jobs: string;
  readonly job: (id: string) => string;
}

/** Where an exchange's pages are. */
export const addresses: Addresses = {
  network: "/",
  book: "/book",
  jobs: "/jobs",
  job: (id) => `/jobs/${id}`,
};
