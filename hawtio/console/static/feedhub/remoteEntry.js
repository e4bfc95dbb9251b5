// The entry "Feed-Hub desk" in Hawtio's menu. Hawtio loads plugins as module-federation remotes; such a container is an
// object with init and get, so it needs no bundler. React and Hawtio come from the scope that Hawtio shares.
window.feedhub = (() => {
  let shared = {};

  const library = async (name) => {
    const [newest] = Object.values(shared[name]);
    return (await newest.get())();
  };

  const plugin = async () => {
    const [{ hawtio }, { createElement, useEffect }] = await Promise.all([library('@hawtio/react'), library('react')]);
    const Desk = () => {
      useEffect(() => window.location.assign('/'), []);
      return createElement('a', { href: '/' }, 'To the desk');
    };
    hawtio.addPlugin({
      id: 'feedhub', title: 'Feed-Hub desk', path: '/desk', component: Desk,
      isActive: async () => true,
      order: 1000, // Hawtio opens the first one by itself
    });
  };

  return {
    init: (scope) => { shared = scope; },
    get: async () => () => ({ plugin }),
  };
})();
