import { createTheme, defaultVariantColorsResolver, type MantineColorsTuple } from "@mantine/core";

const ember: MantineColorsTuple = [
  "#fff4ea",
  "#ffe4cd",
  "#ffc79a",
  "#ffa763",
  "#fb8b3a",
  "#ee6f1a",
  "#d9580c",
  "#b9460a",
  "#94380d",
  "#6f2b0d",
];

const stone: MantineColorsTuple = [
  "#faf7f2",
  "#f3eee6",
  "#e7dfd4",
  "#d5cabc",
  "#b3a698",
  "#8a7e72",
  "#6a6058",
  "#514942",
  "#3a342f",
  "#26211e",
];

const soot: MantineColorsTuple = [
  "#f3ece4",
  "#d9cfc4",
  "#b5aa9e",
  "#8c8177",
  "#5c534c",
  "#443d37",
  "#342e2a",
  "#25201d",
  "#1b1816",
  "#12100e",
];

export const theme = createTheme({
  /** What is filled has the contrast of the shade that the scheme really shows, not of the light scheme's. */
  variantColorResolver: (input) => {
    const colours = defaultVariantColorsResolver(input);
    const isPrimary = input.color === undefined || input.color === input.theme.primaryColor;
    return input.variant === "filled" && isPrimary
      ? { ...colours, color: "var(--mantine-primary-color-contrast)" }
      : colours;
  },
  primaryColor: "ember",
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  colors: { ember, gray: stone, dark: soot },
  white: "#fffdfa",
  black: "#26211e",
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", sans-serif',
  headings: {
    fontFamily:
      'ui-rounded, "SF Pro Rounded", system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif',
    fontWeight: "650",
  },
  defaultRadius: "lg",
  radius: { xs: "6px", sm: "8px", md: "12px", lg: "16px", xl: "28px" },
  cursorType: "pointer",
  respectReducedMotion: true,
  focusRing: "auto",
});
