console.log('asking')
const { status } = await fetch(`${process.env.BASE_URL}/health/ready`)
console.log(status)
