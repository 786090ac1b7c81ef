import { open } from 'flotilla';

await using flotilla = await open({ file: 'helmfile.yaml', environment: 'production' });
const plan = await flotilla.plan();
console.log(plan.changes.map((change) => `${change.kind} ${change.release}`));
const report = await flotilla.apply({ plan });
process.exitCode = report.exit.code;
