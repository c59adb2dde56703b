import Layout from "@/components/Layout";
import { Table } from "@/components/Table";

const drillResults = [
  { hole: "SKD-007", from: 18.0, to: 66.5, interval: 48.5, cu_pct: 0.91, au_gpt: 0.44, zone: "Main" },
  { hole: "SKD-007", from: 31.0, to: 40.0, interval: 9.0, cu_pct: 2.35, au_gpt: 1.12, zone: "Main" },
  { hole: "SKD-009", from: 102.0, to: 133.0, interval: 31.0, cu_pct: 0.58, au_gpt: 0.20, zone: "East" },
];

const resource = [
  { category: "Indicated", tonnes: "21.4 Mt", cu: "0.78%", au: "0.36 g/t" },
  { category: "Inferred", tonnes: "34.9 Mt", cu: "0.66%", au: "0.28 g/t" },
];

export default function Skarvik() {
  return (
    <Layout title="Skårvik Copper-Gold">
      <h1>Skårvik Copper-Gold Project, Norway</h1>
      <p>
        Nordhaug Minerals ASA owns 100% of the Skårvik project in Nordland. Drilling in 2024 comprised 14 holes for
        3,905 metres. Hole SKD-011 returned 22.5 m at 1.04% Cu and 0.51 g/t Au from 57.0 m.
      </p>
      <Table rows={drillResults} />
      <Table rows={resource} />
      <p>The resource was estimated at a cut-off of 0.3% Cu in March 2025.</p>
    </Layout>
  );
}
