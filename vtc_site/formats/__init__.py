"""How people may type dates and times, by language. Django finds it through settings.FORMAT_MODULE_PATH."""
