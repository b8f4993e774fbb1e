// The package throws wherever no bundler marks the code as the server's. Tests have no bundler.
export {};
