const a = `
\`
