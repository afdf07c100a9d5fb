process.dlopen = () => {
  throw new Error('native code is not to be loaded');
};
