import Header from "@/components/Header";
const ARTICLE = { title: "Quartz Hill grows again this year", date: "May 2, 2019" };
const results = [
  { hole: "QH001", from: 45, interval: 14.2, au: 1.18, cu: null },
  { hole: "  incl.", from: 46, interval: 9.0, au: 1.58, cu: 0.05 },
];
const Page = () => (
  <main>
    <h1>{ARTICLE.title}</h1>
    <p onClick={() => open("x > y")}>We cut{" "}<strong>14.2 m</strong> of ore{/* a remark 99 */} in {count} holes.</p>
    <h2>Selected intercepts</h2>
    <table><thead><tr><th>Hole</th><th>From (m)</th><th>Length (m)</th><th>Au (g/t)</th></tr></thead>
      <tbody>{results.map((r, i) => (<tr key={i}><td>{r.hole}</td><td>{r.from}</td><td>{r.interval}</td><td>{r.au ?? "-"}</td></tr>))}</tbody>
    </table>
  </main>
);
