-- As docs/editors.md has it for Neovim 0.7.
vim.api.nvim_create_autocmd({ "BufRead", "BufNewFile" }, {
    pattern = { "*.drl", "*.test.toml" },
    callback = function(it)
        if it.file:match("%.drl$") then vim.bo[it.buf].filetype = "drl" end
        blast = blast or vim.lsp.start_client({ name = "blast", cmd = { vim.env.BLAST, "policy", "lsp" } })
        vim.lsp.buf_attach_client(it.buf, blast)
        vim.bo[it.buf].omnifunc = "v:lua.vim.lsp.omnifunc" -- Ctrl-X Ctrl-O completes
    end,
})
