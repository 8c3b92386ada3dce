import { runProgram } from './administration/command.ts';
import { patientCommands } from './administration/patient-commands.ts';
import { processTerminal } from './administration/process-terminal.ts';

/** `npx pnpm@12 patient …`: a patient's rights to see and to erase what is held (issue 6). */
process.exitCode = await runProgram('patient', patientCommands, process.argv.slice(2), processTerminal());
