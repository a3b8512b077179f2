// PouchDB's end: pouch_end.cjs MODULE add FOLDER RECORDS | MODULE sync FOLDER URL PATIENCE_S
const fs = require('fs');
const PouchDB = require(process.argv[2]);
const [what, folder, from, patience] = process.argv.slice(3);

const records = (file) => fs.readFileSync(file, 'utf8').trim().split('\n').map((line) => {
  const { id, ...record } = JSON.parse(line);
  return { _id: id, ...record };
});

const add = async () => {
  const database = new PouchDB(folder);
  const all = records(from);
  for (let start = 0; start < all.length; start += 1000) await database.bulkDocs(all.slice(start, start + 1000));
  await database.close();
};

const sync = async () => {
  const database = new PouchDB(folder);
  const start = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  const told = (done) => {
    const spent = process.cpuUsage(cpu);
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    console.log(JSON.stringify({ done, seconds, cpu: (spent.user + spent.system) / 1e6 }));
  };
  setTimeout(() => { told(false); process.exit(0); }, patience * 1000);
  for (;;) {
    try {
      const answer = await database.replicate.to(from, { batch_size: 100 });
      if (answer.ok && answer.status === 'complete') break;
    } catch (fault) {
      await new Promise((again) => setTimeout(again, 200));
    }
  }
  told(true);
  process.exit(0);
};

(what === 'add' ? add : sync)();
