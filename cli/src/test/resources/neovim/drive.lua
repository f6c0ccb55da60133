-- Edits a policy as a person would, and says what it sees.
local PATIENCE = 60000
local said = io.open(vim.env.SAID, "w")
local function say(...) said:write(string.format(...) .. "\n") end
local function marks(count)
    vim.wait(PATIENCE, function() return #vim.diagnostic.get(0) == count end, 20)
    for _, mark in ipairs(vim.diagnostic.get(0)) do
        say("%d:%d-%d %s", mark.lnum + 1, mark.col + 1, mark.end_col + 1, mark.message:match("[^\n]*"))
    end
end
local function ask(method, line, column, more)
    vim.api.nvim_win_set_cursor(0, { line, column })
    local about = vim.tbl_extend("force", vim.lsp.util.make_position_params(0, "utf-16"), more or {})
    for _, answer in pairs(vim.lsp.buf_request_sync(0, method, about, PATIENCE) or {}) do
        return answer.result or say("error: %s", answer.error.message)
    end
end
vim.wait(PATIENCE, function() return blast and vim.lsp.get_client_by_id(blast) and vim.lsp.get_client_by_id(blast).initialized end, 20)
marks(2)
local here = { start = { line = 2, character = 16 }, ["end"] = { line = 2, character = 16 } }
local mends = ask("textDocument/codeAction", 3, 16, { range = here, context = { diagnostics = {} } })
for _, mend in ipairs(mends) do say("%s", mend.title) end
vim.lsp.util.apply_workspace_edit(mends[#mends].edit, "utf-16")
vim.lsp.util.apply_text_edits(ask("textDocument/formatting", 1, 0, { options = { tabSize = 4, insertSpaces = true } }), 0, "utf-16")
marks(0)
say("%s", ask("textDocument/hover", 3, 17).contents.value:match("[^\n]*"))
for _, place in ipairs(ask("textDocument/references", 1, 8, { context = { includeDeclaration = true } })) do
    say("%s:%d", place.uri:match("[^/]+$"), place.range.start.line + 1)
end
vim.lsp.util.apply_workspace_edit(ask("textDocument/rename", 1, 8, { newName = "the store" }), "utf-16")
vim.cmd("silent wall | edit policies/net.test.toml")
say("%s", ask("textDocument/definition", 5, 14)[1].uri:match("[^/]+$"))
vim.api.nvim_buf_set_lines(0, 3, 4, false, { 'expect  = "deny"' })
marks(1)
said:close()
vim.cmd("qa!")
