export { apply, directoryChoice, type Replacement } from '../cleanup/directoryChoice';
