/** The study of a home, for a page that computes and draws it by itself. */
export { type HomeExtent, type StudiedFile, studyHome } from "./studies/home.ts";
export { homeFileSchema } from "./studies/homeFile.ts";
export { breakEvenLegend, breakEvenPlot, highestHashprice } from "./studies/page/breakEvenMap.ts";
export {
  carbonPlots,
  comfortPlots,
  durationPlot,
  monthlyPlot,
  systemLegend,
} from "./studies/page/homePlots.ts";
export { figure, styleOf } from "./studies/page/systemStyles.ts";
