// Starts `blast policy lsp` and lets VS Code talk to it. No build: this file is what runs.
const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = async () => {
    const command = workspace.getConfiguration("blast").get("command", "blast");
    client = new LanguageClient(
        "blast",
        "Blast policies",
        { command, args: ["policy", "lsp"] },
        {
            documentSelector: [{ language: "drl" }, { pattern: "**/*.test.toml" }],
            synchronize: { fileEvents: workspace.createFileSystemWatcher("**/{*.drl,*.test.toml,pyproject.toml}") },
        },
    );
    await client.start();
};

exports.deactivate = () => client?.stop();
