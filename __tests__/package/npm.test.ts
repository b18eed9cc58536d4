import { filesIn, temporaryFolder } from '../support/files';
import { unpack } from '../support/packed';
import { shippedFiles } from './shipped';

test('npm pack takes what runs, and nothing else', () => {
  expect(filesIn(unpack('.', temporaryFolder()))).toEqual(shippedFiles());
});
