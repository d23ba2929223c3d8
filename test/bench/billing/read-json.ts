/** Parses JSON of the bench's own making, whose form its reader knows. */
interface ReadJson {
  <Content>(text: string): Readonly<Content>;
}

/** Without any check, as a hand-written service would do it. */
export const readJson: ReadJson = JSON.parse;
