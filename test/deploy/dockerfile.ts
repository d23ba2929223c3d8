import { z } from 'zod';

/** One instruction of a Dockerfile, continued lines joined. */
export interface Instruction {
  /** In upper case. */
  readonly name: string;
  readonly rest: string;
}

/** The instructions of a Dockerfile, by stage, each beginning with its FROM. */
export function stagesOf(dockerfile: string): readonly (readonly Instruction[])[] {
  const lines = dockerfile
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: Instruction[][] = [];
  for (const line of lines) {
    const [, name = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (name === 'FROM') stages.push([]);
    stages.at(-1)?.push({ name, rest });
  }
  return stages;
}

/** What all instructions of a name hold, in their order. */
export function allOf(stage: readonly Instruction[], name: string): readonly string[] {
  return stage.filter((instruction) => instruction.name === name).map(({ rest }) => rest);
}

/** What the only instruction of a name holds; throws where there are none or several. */
export function theOnly(stage: readonly Instruction[], name: string): string {
  const [first, ...others] = allOf(stage, name);
  if (first === undefined || others.length > 0) throw new Error(`not one ${name}`);
  return first;
}

/** The words of a command in its JSON form. */
export function wordsOf(command: string): readonly string[] {
  return z.array(z.string()).parse(JSON.parse(command));
}

/** The variables that a stage sets. */
export function environmentOf(stage: readonly Instruction[]): Readonly<Record<string, string>> {
  const members = allOf(stage, 'ENV').flatMap((rest) => rest.split(/\s+/));
  return Object.fromEntries(
    members.map((member) => [member.split('=')[0] ?? '', member.split('=')[1] ?? '']),
  );
}
