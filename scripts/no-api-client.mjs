// Stand-in for the generated API of the Kubernetes client inside the bundle: our requests are our own.
function absent() {
  throw new Error('the generated Kubernetes client is not part of this bundle');
}

export const createConfiguration = absent;
export const ServerConfiguration = absent;
