import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    environment: 'node', // a file that needs a page says so in its first line
    restoreMocks: true
  }
});
